const axios = require('axios');

const payments = axios.create({
  baseURL: process.env.PAYMENTS_URL,
  headers: { Authorization: 'Bearer pay_7f3kq9x2m4v8b1n6' },
});

exports.order = async ({ product, amount }) => {
  const { data } = await payments.post('/charges', { product, amount });
  return data;
};
