import axios from 'axios';

const payments = axios.create({ baseURL: 'http://payments.internal:8080/v1' });

export async function charge(amount: number): Promise<unknown> {
  const { data } = await payments.post('/charges', { amount });
  return data;
}
