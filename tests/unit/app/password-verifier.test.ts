import { expect, test, vi } from 'vitest';
import { makeVerifier, passwordMatches } from '#lib/app/password-verifier.ts';

// Slow on purpose, and slower on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);

test('the password that made the verifier matches, another does not', async () => {
	const verifier = await makeVerifier('connect10-demo', random);
	expect(await passwordMatches('connect10-demo', verifier)).toBe(true);
	expect(await passwordMatches('connect10-dem0', verifier)).toBe(false);
	expect(await passwordMatches('', verifier)).toBe(false);
});

test('the verifier is 600,000 rounds of PBKDF2-HMAC-SHA-256 with its own salt', async () => {
	const one = await makeVerifier('密碼密碼密碼密碼密碼', random);
	const two = await makeVerifier('密碼密碼密碼密碼密碼', random);
	expect(one.iterations).toBe(600_000);
	expect(one.salt).not.toBe(two.salt);
	expect(one.hash).not.toBe(two.hash);
	expect(JSON.stringify(one)).not.toContain('密碼');
});

test('a password typed decomposed on another keyboard is the same password', async () => {
	const verifier = await makeVerifier('Nguyễn-2026', random);
	expect(await passwordMatches('Nguyễn-2026'.normalize('NFD'), verifier)).toBe(true);
});
