const axios = require('axios');

const catalogue = axios.create({ baseURL: 'http://catalogue.internal:8080/v1' });

exports.products = async () => {
  const { data } = await catalogue.get('/products');
  return data;
};
