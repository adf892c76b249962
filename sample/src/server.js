const express = require('express');
const { products } = require('./catalogue');
const { order } = require('./orders');
const { log } = require('./log');

const app = express();

app.use(express.json());

app.get('/', (req, res) => {
  res.json({ shop: process.env.SHOP_NAME, currency: process.env.CURRENCY });
});

app.get('/products', async (req, res) => {
  res.json(await products());
});

app.post('/orders', async (req, res) => {
  const receipt = await order(req.body);
  log.info('ordered', { receipt });
  res.status(201).json(receipt);
});

app.listen(3000, () => log.info('the shop is open'));
