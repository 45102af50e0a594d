import { createHmac } from 'node:crypto';
import { noticeText } from './notice-text';
import { ROBOTS } from './robot-message';
import { readSmsGateway, smsCall } from './sms-message';
import { webhookMessage } from './webhook-message';

const notice = noticeText('report-approved', '7K2QZ0ABCD4', 'zh', 'https://trace.example.cn', false);
const now = new Date('2026-09-01T08:00:00.123Z');

describe('a notice', () => {
  it('says what, which batch and where to look, and nothing else', () => {
    expect(notice.text).toBe('【道地】检验报告已批准：批 7K2QZ0ABCD4\nhttps://trace.example.cn/b/7K2QZ0ABCD4');
    expect(noticeText('shipment-arriving', undefined, 'en', 'https://trace.example.cn', true).text).toBe('【道地·演示】A shipment is on its way\nhttps://trace.example.cn');
  });

  it('is signed for a webhook so that its receiver can tell who sent it, and when', () => {
    const { body, headers } = webhookMessage('id-1', notice, 'a secret of enough length', now);
    const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['X-Daodi-Signature']!)!;
    expect(seconds).toBe('1788249600');
    expect(createHmac('sha256', 'a secret of enough length').update(`${seconds}.${body}`).digest('hex')).toBe(signature);
    expect(JSON.parse(body)).toEqual({ type: 'daodi.notice', id: 'id-1', occasion: 'report-approved', batch: '7K2QZ0ABCD4', link: notice.link, text: notice.text });
  });

  it('is a text for a group robot, signed in the address for 钉钉 and in the body for 飞书', () => {
    expect(ROBOTS.wecom('https://r.example.cn/send?key=k', undefined, notice, now)).toMatchObject({ url: 'https://r.example.cn/send?key=k', body: { msgtype: 'text', text: { content: notice.text } } });
    const ding = ROBOTS.dingtalk('https://r.example.cn/robot/send?access_token=t', 'SECx', notice, now);
    const { searchParams } = new URL(ding.url);
    expect([searchParams.get('access_token'), searchParams.get('timestamp')]).toEqual(['t', '1788249600123']);
    expect(searchParams.get('sign')).toBe(createHmac('sha256', 'SECx').update('1788249600123\nSECx').digest('base64'));
    expect(ding.url).not.toMatch(/sign=[^&]*[+/]/);
    const fei = ROBOTS.feishu('https://r.example.cn/hook/h', 'x', notice, now);
    expect(fei.body).toEqual({ timestamp: '1788249600', sign: createHmac('sha256', '1788249600\nx').update('').digest('base64'), msg_type: 'text', content: { text: notice.text } });
    expect([fei.isTaken({ code: 0 }), fei.isTaken({ code: 19021 }), fei.isTaken(undefined), ding.isTaken({ errcode: 310000 })]).toEqual([true, false, false, false]);
  });

  it('is put into a gateway\'s call as its operator wrote it, whatever stands in the text', () => {
    const json = readSmsGateway('POST https://gw.example.cn/send {"to":"{phone}","say":"{text}","key":"k"}')!;
    expect(JSON.parse(smsCall(json, '13800000000', 'a "b"\n{phone}').body!)).toEqual({ to: '13800000000', say: 'a "b"\n{phone}', key: 'k' });
    const form = readSmsGateway('POST https://gw.example.cn/send to={phone}&say={text}')!;
    expect(smsCall(form, '13800000000', 'a&b=c')).toMatchObject({ body: 'to=13800000000&say=a%26b%3Dc', type: 'application/x-www-form-urlencoded' });
    expect(smsCall(readSmsGateway('GET https://gw.example.cn/?to={phone}&say={text}')!, '138', '连翘').url).toBe('https://gw.example.cn/?to=138&say=%E8%BF%9E%E7%BF%98');
    expect(readSmsGateway('POST https://gw.example.cn/send {}')).toBeUndefined();
  });
});
