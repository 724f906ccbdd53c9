// Rising rates, sent by the clock; a pause after each step, so that none waits for what the one before left behind.
import http from 'k6/http';
import { check } from 'k6';

const pause = 5, requests = 110, least = 10;
const rates = (__ENV.RATES || '10,15,22,30,40,52,68,90').split(',').map(Number);
let start = 0;
const scenarios = {};
rates.forEach((rate) => {
  const seconds = Math.max(least, Math.ceil(requests / rate));
  scenarios[`r${String(rate).padStart(3, '0')}`] = {
    executor: 'constant-arrival-rate', rate, timeUnit: '1s', duration: `${seconds}s`, startTime: `${start}s`,
    preAllocatedVUs: 200, maxVUs: 400, gracefulStop: '20s',
  };
  start += seconds + pause;
});
export const options = { scenarios };

const words = ['water', 'fire', 'theft', 'storm', 'roof', 'pipe', 'excess', 'notice'];
export default function () {
  const one = words[__ITER % 8], other = words[(__VU + __ITER) % 8];
  const answered = http.get(`${__ENV.TARGET}/answer/${__VU}?question=${one}%20and%20${other}%20cover`, { tags: { name: 'answer' } });
  check(answered, { ok: (response) => response.status === 200 });
}
