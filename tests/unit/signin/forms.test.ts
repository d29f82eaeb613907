/** Signing in and joining: what is asked, what is said, in which order. */
import { expect, test } from 'vitest';
import { JoinForm } from '#lib/features/signin/join-form.svelte.ts';
import type { KnownPerson, SignInPort } from '#lib/features/signin/port.ts';
import { firstStep, SignInForm } from '#lib/features/signin/sign-in-form.svelte.ts';

const person: KnownPerson = { userId: 'u1', displayName: '陳怡君', email: 'worker@example.tw' };
const ok = { ok: true } as const;

function aPort(part: Partial<SignInPort> = {}): SignInPort {
	return {
		people: [],
		openFor: null,
		sessionEnded: false,
		online: true,
		demoAccounts: [],
		demoPassword: '',
		unlock: () => Promise.resolve(ok),
		signIn: () => Promise.resolve(ok),
		signUp: () => Promise.resolve(ok),
		previewInvitation: () =>
			Promise.resolve({
				ok: true,
				offer: {
					orgName: '雲嶺',
					inviterName: '周淑芬',
					role: 'family',
					displayName: '林秀華',
					relation: '女兒',
					caseName: '林阿嬤'
				}
			}),
		acceptInvitation: () => Promise.resolve(ok),
		lock: () => undefined,
		...part
	};
}

test('the door asks what is needed and no more', () => {
	expect(firstStep(aPort()).kind).toBe('account');
	expect(firstStep(aPort({ people: [person] }))).toEqual({ kind: 'unlock', person });
	expect(firstStep(aPort({ people: [person, { ...person, userId: 'u2' }] })).kind).toBe('people');
	const again = aPort({ people: [person], openFor: person, sessionEnded: true });
	expect(firstStep(again)).toEqual({ kind: 'again', person });
});

test('empty fields are said beside them, and nothing is asked of the server', async () => {
	let asked = 0;
	const form = new SignInForm(
		aPort({
			signIn: () => {
				asked++;
				return Promise.resolve(ok);
			}
		})
	);
	expect(await form.submit()).toBe(false);
	expect(form.emailError).toMatch(/電子郵件/);
	expect(form.passwordError).toMatch(/密碼/);
	expect(asked).toBe(0);
});

test('a wrong password stands beside the password; a silent server above the form', async () => {
	const answers = [{ kind: 'wrong_password' }, { kind: 'unreachable' }] as const;
	let turn = 0;
	const form = new SignInForm(
		aPort({ signIn: () => Promise.resolve({ ok: false, problem: answers[turn++] ?? answers[0] }) })
	);
	form.fillIn('worker@example.tw', 'x');
	await form.submit();
	expect(form.passwordError).toMatch(/不對/);
	await form.submit();
	expect(form.passwordError).toBeUndefined();
	expect(form.problem?.kind).toBe('unreachable');
});

test('being throttled counts the seconds down', async () => {
	const form = new SignInForm(
		aPort({
			signIn: () => Promise.resolve({ ok: false, problem: { kind: 'throttled', retryAfterS: 30 } })
		})
	);
	form.fillIn('worker@example.tw', 'x');
	await form.submit();
	expect(form.pause.secondsLeft).toBe(30);
	form.pause.stop();
});

test('a link without a token says so and asks nobody', async () => {
	const form = new JoinForm(aPort(), '');
	await form.load();
	expect(form.state.kind).toBe('no_token');
});

test('the offer fills the name in; a short password says how much is missing', async () => {
	const form = new JoinForm(aPort(), 'token');
	await form.load();
	expect(form.name).toBe('林秀華');
	form.email = 'lin@example.tw';
	form.password = '12345678';
	await form.submit();
	expect(form.errors.password).toContain('2');
	expect(form.state.kind).toBe('offer');
	form.password = '這是十個字的密碼喔喔';
	await form.submit();
	expect(form.state.kind).toBe('done');
});

test('an account that exists already is said beside the email', async () => {
	const form = new JoinForm(
		aPort({ signUp: () => Promise.resolve({ ok: false, problem: { kind: 'email_taken' } }) }),
		'token'
	);
	await form.load();
	form.email = 'lin@example.tw';
	form.password = '1234567890';
	await form.submit();
	expect(form.errors.email).toMatch(/已經有帳號/);
});

test('a used invitation is said after the account was made, and the account stays', async () => {
	const form = new JoinForm(
		aPort({ acceptInvitation: () => Promise.resolve({ ok: false, problem: { kind: 'used' } }) }),
		'token'
	);
	await form.load();
	form.email = 'lin@example.tw';
	form.password = '1234567890';
	await form.submit();
	expect(form.state).toEqual({ kind: 'problem', problem: { kind: 'used' } });
});
