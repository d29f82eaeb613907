/** A phone that its browser gives another address: what the server is told, and when nothing is. */
import { expect, test } from 'vitest';
import { takeMove, type Address, type MoveRequest } from '../../../src/service-worker/moved.ts';

const OPTIONS = { userVisibleOnly: true, applicationServerKey: new ArrayBuffer(65) };

function address(endpoint: string, auth: string | null = `auth of ${endpoint}`): Address {
	const keys = { p256dh: `key of ${endpoint}`, ...(auth === null ? {} : { auth }) };
	return { options: OPTIONS, toJSON: () => ({ endpoint, keys }) };
}

async function move(
	oldSubscription: Address | null | undefined,
	newSubscription: Address | null | undefined
) {
	const told: MoveRequest[] = [];
	const asked: PushSubscriptionOptions[] = [];
	await takeMove(
		{ oldSubscription, newSubscription }, // browsers leave either out
		(options) => {
			asked.push(options);
			return Promise.resolve(address('asked for'));
		},
		(request) => {
			told.push(request);
			return Promise.resolve();
		}
	);
	return { told, asked };
}

const toldOf = (endpoint: string) => ({
	was: { endpoint: 'old', auth: 'auth of old' },
	endpoint,
	p256dh: `key of ${endpoint}`,
	auth: `auth of ${endpoint}`
});

test('the new address is told with the old one and its secret, and not its other key', async () => {
	expect(await move(address('old'), address('new'))).toEqual({ told: [toldOf('new')], asked: [] });
});

test.each([null, undefined])(
	'a browser that gives none (%s) is asked for one, for the same server',
	async (none) => {
		expect(await move(address('old'), none)).toEqual({
			told: [toldOf('asked for')],
			asked: [OPTIONS]
		});
	}
);

test.each([
	['the old one is not said', null, address('new')],
	['it is the same', address('old'), address('old')],
	['the old one has no secret', address('old', null), address('new')],
	['the new one has none', address('old'), address('new', null)]
])('nothing is told where %s', async (_, old, fresh) => {
	expect(await move(old, fresh)).toEqual({ told: [], asked: [] });
});
