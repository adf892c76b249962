import type { RequestHandler } from 'express';
import jwt from 'jsonwebtoken';

export const authenticate: RequestHandler = (req, res, next) => {
  try {
    jwt.verify(req.headers.authorization ?? '', 'correct-horse-battery');
    next();
  } catch {
    res.sendStatus(401);
  }
};
