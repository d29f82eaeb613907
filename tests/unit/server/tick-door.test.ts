/** Who may ask the engine for a round, and what others are told. */
import { expect, test, vi } from 'vitest';
import { answerTick, readTickSecret } from '#lib/server/notifier/tick-door.ts';

const SECRET = 'a-secret-that-is-long-enough-to-be-one';

async function asked(authorization: string | null, secret: string | null, hasEngine = true) {
	let rounds = 0;
	const engine = {
		settled: () => Promise.resolve(),
		tick: () => {
			rounds++;
			return Promise.resolve({ rung: 1, messages: 4 });
		}
	};
	const headers = new Headers(authorization === null ? [] : [['authorization', authorization]]);
	const request = new Request('https://care.example.org/internal/tick', {
		method: 'POST',
		headers
	});
	const answer = await answerTick(request, secret, hasEngine ? engine : null);
	expect(answer.headers.get('cache-control')).toBe('no-store');
	expect(await answer.text()).toBe(rounds === 0 ? '' : '{"rung":1,"messages":4}');
	return [answer.status, rounds];
}

test.each<[string, string | null, string | null, number, number]>([
	['the secret', `Bearer ${SECRET}`, SECRET, 200, 1],
	['none', null, SECRET, 401, 0],
	['an empty one', 'Bearer ', SECRET, 401, 0],
	['another one', `Bearer ${SECRET}x`, SECRET, 401, 0],
	['its beginning', `Bearer ${SECRET.slice(0, -1)}`, SECRET, 401, 0],
	['another scheme', `Basic ${SECRET}`, SECRET, 401, 0],
	['anything, where none is set', 'Bearer null', null, 404, 0]
])('%s', async (_, authorization, secret, status, rounds) => {
	expect(await asked(authorization, secret)).toEqual([status, rounds]);
});

test('answers when what was due is said, or when it takes too long', async () => {
	vi.useFakeTimers();
	const done: [string, number][] = [];
	let say: () => void = () => undefined;
	const engine = {
		tick: () => Promise.resolve({ rung: 0, messages: 1 }),
		settled: () => new Promise<void>((resolve) => (say = resolve))
	};
	const ask = async (name: string) => {
		const headers = { authorization: `Bearer ${SECRET}` };
		const request = new Request('https://care.example.org/', { method: 'POST', headers });
		const { status } = await answerTick(request, SECRET, engine);
		done.push([name, status]);
	};
	const quick = ask('quick');
	await vi.advanceTimersByTimeAsync(1000);
	expect(done).toEqual([]);
	say();
	await quick;
	expect(done).toEqual([['quick', 200]]);
	const slow = ask('slow');
	await vi.advanceTimersByTimeAsync(24_999);
	expect(done).toHaveLength(1);
	await vi.advanceTimersByTimeAsync(1);
	await slow;
	expect(done[1]).toEqual(['slow', 202]);
	expect(vi.getTimerCount()).toBe(0);
	vi.useRealTimers();
});

test('without an engine there is nothing to ask', async () => {
	expect(await asked(`Bearer ${SECRET}`, SECRET, false)).toEqual([404, 0]);
});

test('a secret is none, or long', () => {
	expect(readTickSecret({})).toBeNull();
	expect(readTickSecret({ ENGINE_TICK_SECRET: '' })).toBeNull();
	expect(readTickSecret({ ENGINE_TICK_SECRET: SECRET })).toBe(SECRET);
	expect(() => readTickSecret({ ENGINE_TICK_SECRET: 'x'.repeat(31) })).toThrow(/openssl rand/);
});
