import express from 'express';
import session from 'express-session';
import { logger } from './logger';
import { charge } from './payments';
import { authenticate } from './auth';

const app = express();

app.use(express.json());
app.use(
  session({
    secret: process.env.SESSION_SECRET!,
    cookie: { domain: process.env.COOKIE_DOMAIN },
    resave: false,
    saveUninitialized: false,
  }),
);

app.post('/orders', authenticate, async (req, res) => {
  const receipt = await charge(req.body.amount);
  logger.info('order paid', { receipt });
  res.json(receipt);
});

app.listen(3000);
