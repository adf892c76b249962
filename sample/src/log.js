const winston = require('winston');

exports.log = winston.createLogger({
  transports: [new winston.transports.File({ filename: 'shop.log' })],
});
