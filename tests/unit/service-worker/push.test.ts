/** From what the server sends to what the phone shows: with the server's own words and form, and whatever else may arrive. */
import { afterEach, expect, test, vi } from 'vitest';
import type { EmergencyFacts } from '#lib/db/emergency-facts.ts';
import { pushWords } from '#lib/features/emergencies/push-words.ts';
import type { Delivery } from '#lib/server/notifier/engine-port.ts';
import { pushPayload } from '#lib/server/notifier/push-payload.ts';
import { aDelivery } from '../../fixtures/deliveries.ts';
import type { Notice } from '../../../src/service-worker/notice.ts';
import { takePush, takeTap, type Arrived } from '../../../src/service-worker/push.ts';

const EMERGENCY = '018f0000-0000-7000-8000-000000000001';
const USER = '018f0000-0000-7000-8000-000000000002';
const TOKEN = '018f0000-0000-7000-8000-000000000003';
const ORIGIN = 'https://care.example.org';
const FALL: EmergencyFacts = { incidentType: 'FALL', severity: 'red', personName: '林阿嬤' };

afterEach(() => vi.useRealTimers());

function payload(part: Partial<Delivery> = {}, origin: string | null = ORIGIN): string {
	const delivery = aDelivery({ token: TOKEN, subject: EMERGENCY, user: USER, ...part });
	return pushPayload(delivery, pushWords, origin);
}

const arrived = (text: string): Arrived => ({ data: { text: () => text } });

/** What is shown and told when this arrives. */
async function shownFor(
	message: Arrived,
	facts: () => Promise<EmergencyFacts | null> = () => Promise.resolve(null),
	tell: () => Promise<void> = () => Promise.resolve()
) {
	const shown: Notice[] = [];
	const asked: string[][] = [];
	const told: string[][] = [];
	await takePush(message, {
		facts: (...ids) => {
			asked.push(ids);
			return facts();
		},
		show: (notice) => {
			// In this order: the server hears "shown" when it stands.
			expect(told).toEqual([]);
			shown.push(notice);
			return Promise.resolve();
		},
		tell: (...words) => {
			told.push(words);
			return tell();
		}
	});
	const [notice] = shown;
	if (!notice || shown.length !== 1) throw new Error(`${shown.length} notices were shown`);
	return { ...notice, asked, told };
}

test('an emergency that this phone knows: veiled name, what happened, two buttons, and it stays', async () => {
	const { title, options, asked, told } = await shownFor(arrived(payload()), () =>
		Promise.resolve(FALL)
	);
	expect(title).toBe('紅色緊急通報');
	expect(options.body).toBe('林○○ 跌倒\n打開 Connect 10 查看，並回覆誰來處理。');
	expect(options).toMatchObject({
		tag: `emergency-${EMERGENCY}`,
		lang: 'zh-TW',
		renotify: true,
		requireInteraction: true,
		vibrate: expect.arrayContaining([300]),
		actions: [
			{ action: 'on-it', title: '我來處理' },
			{ action: 'call', title: '打電話' }
		],
		data: { path: `/emergencies/${EMERGENCY}`, token: TOKEN }
	});
	expect(JSON.stringify(options)).not.toContain('阿嬤');
	expect(asked).toEqual([[USER, EMERGENCY]]);
	expect(told).toEqual([[TOKEN, 'shown']]);
});

test.each<[string, () => Promise<EmergencyFacts | null>]>([
	['does not know it', () => Promise.resolve(null)],
	['cannot read its store', () => Promise.reject(new Error('closed'))],
	[
		'knows a kind that is newer than the worker',
		() => Promise.resolve({ ...FALL, incidentType: 'X' })
	]
])('general words when the phone %s', async (_, facts) => {
	const { options, told } = await shownFor(arrived(payload()), facts);
	expect(options.body).toBe('打開 Connect 10 查看，並回覆誰來處理。');
	expect(told).toEqual([[TOKEN, 'shown']]);
});

test('a store that does not answer holds it up for a moment only', async () => {
	vi.useFakeTimers();
	const shown = shownFor(arrived(payload()), () => new Promise(() => undefined));
	await vi.advanceTimersByTimeAsync(1500);
	expect((await shown).options.body).toBe('打開 Connect 10 查看，並回覆誰來處理。');
});

test('in English for who reads English; a yellow one neither stays nor shakes', async () => {
	const { title, options } = await shownFor(
		arrived(payload({ locale: 'en', severity: 'yellow' })),
		() => Promise.resolve(FALL)
	);
	expect(title).toBe('Yellow report');
	expect(options.body).toMatch(/^林○○ Fall/);
	expect(options).toMatchObject({ lang: 'en', requireInteraction: false });
	expect(options.vibrate).toBeUndefined();
});

test('in quiet hours it is shown without a sound, by the worker and by a browser that needs none', async () => {
	const soft = payload({ severity: 'yellow', soft: true });
	expect(JSON.parse(soft)).toMatchObject({ notification: { silent: true } });
	expect((await shownFor(arrived(soft))).options).toMatchObject({ silent: true, renotify: false });
	const loud = payload({ severity: 'yellow' });
	expect(loud).not.toContain('silent');
	const { options } = await shownFor(arrived(loud));
	expect(options.renotify).toBe(true);
	expect(options).not.toHaveProperty('silent');
});

test('a test notice leads to where it was sent from, and never asks the store', async () => {
	const { options, asked, told } = await shownFor(
		arrived(payload({ kind: 'test', severity: null }))
	);
	expect(options.data).toEqual({ path: '/settings/notices', token: TOKEN });
	expect(asked).toEqual([]);
	expect(told).toEqual([[TOKEN, 'shown']]);
});

test.each([
	['tasks', '任務有新消息', '/messages?tab=notices'],
	['office', '照顧圈有新消息', '/messages?tab=notices'],
	['digest', '今天的照顧紀錄', '/']
] as const)(
	'a notice about %s: general words, it may be put away, and it leads to the list',
	async (about, title, path) => {
		const shown = await shownFor(arrived(payload({ kind: 'notice', severity: null, about })));
		expect(shown.title).toBe(title);
		expect(shown.options).toMatchObject({ tag: `notice-${about}`, data: { path, token: TOKEN } });
		expect(shown.options).not.toHaveProperty('requireInteraction');
		expect(shown.options).not.toHaveProperty('actions');
		expect(shown.asked).toEqual([]);
	}
);

const valid = JSON.parse(payload()) as { notification: { data: object } };
test.each<[string, Arrived]>([
	['nothing', {}],
	['no text', { data: null }],
	['an empty text', arrived('')],
	['no JSON', arrived('<html>')],
	['null', arrived('null')],
	['a number', arrived('7')],
	['a list', arrived('[]')],
	['no notification', arrived('{}')],
	['a notification without data', arrived('{"notification":{"title":"a","body":"b","tag":"c"}}')],
	[
		'a later form',
		arrived(
			JSON.stringify({
				notification: { ...valid.notification, data: { ...valid.notification.data, v: 2 } }
			})
		)
	],
	['an id that is none', arrived(payload({ subject: '../../evil' }))]
])('%s: a notice all the same, in both languages, and nothing is told', async (_, message) => {
	const { options, told } = await shownFor(message);
	expect(options.body).toMatch(/有新的通知.*New notice/);
	expect(options.data).toEqual({ path: '/', token: null });
	expect(told).toEqual([]);
});

test('buttons that this release does not know are left out', async () => {
	const message = {
		notification: {
			...valid.notification,
			actions: [{ action: 'erase', title: 'x' }, null, { action: 'call', title: 'Call' }]
		}
	};
	const { options } = await shownFor(arrived(JSON.stringify(message)));
	expect(options.actions).toEqual([{ action: 'call', title: 'Call' }]);
});

test('a browser that reads the message itself hands on its notice: the same, and it keeps leading somewhere', async () => {
	const { title, body, lang, tag, data, navigate } = (
		JSON.parse(payload()) as { notification: Record<string, string> }
	).notification;
	// Its fields are getters of a class, as those of the browser's Notification are.
	class Proposed {
		readonly title = String(title);
		readonly body = String(body);
		readonly lang = String(lang);
		readonly tag = String(tag);
		readonly navigate = String(navigate);
		get data() {
			return data;
		}
	}
	const { options, told } = await shownFor({ data: null, notification: new Proposed() }, () =>
		Promise.resolve(FALL)
	);
	expect(options.body).toMatch(/^林○○ 跌倒/);
	expect(options.navigate).toBe(`${ORIGIN}/emergencies/${EMERGENCY}`);
	expect(told).toEqual([[TOKEN, 'shown']]);
});

test('what is sent is also a declarative message, small, whose every way leads to this app', () => {
	const text = payload();
	expect(text.length).toBeLessThan(2048);
	const { web_push, mutable, notification } = JSON.parse(text) as {
		web_push: number;
		mutable: boolean;
		notification: { navigate: string; actions: { navigate: string }[] };
	};
	expect([web_push, mutable]).toEqual([8030, true]);
	expect([notification.navigate, ...notification.actions.map(({ navigate }) => navigate)]).toEqual([
		`${ORIGIN}/emergencies/${EMERGENCY}`,
		`${ORIGIN}/emergencies/${EMERGENCY}?ask=act`,
		`${ORIGIN}/emergencies/${EMERGENCY}`
	]);
	// Without the server's own address it is not declarative, and works through the worker.
	expect(JSON.parse(payload({}, null))).not.toHaveProperty('web_push');
});

async function tapped(data: unknown, action: string, tell = () => Promise.resolve()) {
	const told: string[][] = [];
	const opened: string[] = [];
	await takeTap(data, action, {
		open: (path) => {
			opened.push(path);
			return Promise.resolve();
		},
		tell: (...words) => {
			told.push(words);
			return tell();
		}
	});
	return { told, opened };
}

const data = { path: `/emergencies/${EMERGENCY}`, token: TOKEN };

test.each([
	['', `/emergencies/${EMERGENCY}`],
	['call', `/emergencies/${EMERGENCY}`],
	['on-it', `/emergencies/${EMERGENCY}?ask=act`],
	['of another release', `/emergencies/${EMERGENCY}`]
])('a tap on "%s" opens %s and says so', async (action, path) => {
	expect(await tapped(data, action)).toEqual({ opened: [path], told: [[TOKEN, 'opened']] });
});

test('without a network it opens all the same', async () => {
	const offline = () => Promise.reject(new TypeError('fetch failed'));
	expect((await tapped(data, 'on-it', offline)).opened).toEqual([
		`/emergencies/${EMERGENCY}?ask=act`
	]);
});

test.each([null, 7, {}, { path: '//evil.example' }, { path: 'https://evil.example' }])(
	'a notice with %j opens this app, nothing else',
	async (broken) => {
		expect(await tapped(broken, 'on-it')).toEqual({ opened: ['/'], told: [] });
	}
);
