import { beforeEach, describe, expect, it } from 'vitest';
import { createThrottle, DEFAULT_LIMITS, type Throttle } from '#lib/server/embedded/throttle.ts';

let nowMs: number;
let throttle: Throttle;

beforeEach(() => {
	nowMs = 0;
	throttle = createThrottle(DEFAULT_LIMITS, () => nowMs);
});

function tryTimes(times: number, account: string, address: string): void {
	for (let i = 0; i < times; i += 1) throttle.signInTried(account, address);
}

describe('sign-in', () => {
	it('is free for five tries, then waits longer after each', () => {
		tryTimes(4, 'a', 'ip');
		expect(throttle.signInDelayMs('a', 'ip')).toBe(0);
		tryTimes(1, 'a', 'ip');
		expect(throttle.signInDelayMs('a', 'ip')).toBe(2_000);
		nowMs += 2_000;
		expect(throttle.signInDelayMs('a', 'ip')).toBe(0);
		tryTimes(1, 'a', 'ip');
		expect(throttle.signInDelayMs('a', 'ip')).toBe(4_000);
	});

	it('never waits longer than five minutes', () => {
		tryTimes(60, 'a', 'ip');
		expect(throttle.signInDelayMs('a', 'ip')).toBe(5 * 60_000);
	});

	it('forgets the tries of an account that got in', () => {
		tryTimes(4, 'a', 'ip');
		throttle.signInTried('a', 'ip');
		throttle.signInSucceeded('a', 'ip');
		expect(throttle.signInDelayMs('a', 'ip')).toBe(0);
		tryTimes(4, 'a', 'ip');
		expect(throttle.signInDelayMs('a', 'ip')).toBe(0);
	});

	it('starts again from nothing after a quarter of an hour of rest', () => {
		tryTimes(5, 'a', 'ip');
		nowMs += 15 * 60_000 + 1;
		tryTimes(1, 'a', 'ip');
		expect(throttle.signInDelayMs('a', 'ip')).toBe(0);
	});

	it('slows one account that is tried from many addresses', () => {
		for (let i = 0; i < 20; i += 1) throttle.signInTried('a', `ip ${i}`);
		expect(throttle.signInDelayMs('a', 'another ip')).toBeGreaterThan(0);
	});

	it('slows one address that tries many accounts', () => {
		for (let i = 0; i < 50; i += 1) throttle.signInTried(`account ${i}`, 'ip');
		expect(throttle.signInDelayMs('someone', 'ip')).toBeGreaterThan(0);
		expect(throttle.signInDelayMs('someone', 'another ip')).toBe(0);
	});

	it('lets a whole agency sign in behind one address', () => {
		for (let i = 0; i < 500; i += 1) {
			expect(throttle.signInDelayMs(`worker ${i}`, 'ip')).toBe(0);
			throttle.signInTried(`worker ${i}`, 'ip');
			throttle.signInSucceeded(`worker ${i}`, 'ip');
		}
	});

	it('does not clear an address because one of its accounts got in', () => {
		for (let i = 0; i < 49; i += 1) throttle.signInTried(`account ${i}`, 'ip');
		throttle.signInTried('mine', 'ip');
		throttle.signInSucceeded('mine', 'ip');
		throttle.signInTried('account 49', 'ip');
		expect(throttle.signInDelayMs('account 50', 'ip')).toBeGreaterThan(0);
	});
});

describe('sign-up', () => {
	it('waits after a hundred from one address', () => {
		for (let i = 0; i < 100; i += 1) expect(throttle.signUpDelayMs('ip')).toBe(0);
		expect(throttle.signUpDelayMs('ip')).toBeGreaterThan(0);
		expect(throttle.signUpDelayMs('another ip')).toBe(0);
	});
});

it('keeps a bounded memory under a flood of invented accounts', () => {
	for (let i = 0; i < 30_000; i += 1) {
		nowMs += 60_000;
		throttle.signInTried(`invented ${i}`, `ip ${i}`);
	}
	expect(throttle.size).toBeLessThan(12_000);
});
