/** The state of the sign-in form: who, what was typed, what is wrong with it, and the one act. */
import { m } from '#lib/paraglide/messages.js';
import { Countdown } from './countdown.svelte.ts';
import type { KnownPerson, SignInPort, SignInProblem } from './port.ts';
import { fieldOfProblem, signInProblemText } from './problem-words.ts';

/** people: choose from those remembered · unlock: the password of one of them · account: email and password · again: the server wants a new sign-in of the open user */
export type SignInStep =
	| { readonly kind: 'people' }
	| { readonly kind: 'unlock'; readonly person: KnownPerson }
	| { readonly kind: 'account' }
	| { readonly kind: 'again'; readonly person: KnownPerson };

export class SignInForm {
	step: SignInStep = $state.raw({ kind: 'account' });
	email = $state('');
	password = $state('');
	emailError = $state<string>();
	passwordError = $state<string>();
	problem: SignInProblem | null = $state.raw(null);
	isBusy = $state(false);
	readonly pause = new Countdown();
	readonly #port: SignInPort;

	constructor(port: SignInPort) {
		this.#port = port;
		this.step = firstStep(port);
	}

	choose(step: SignInStep): void {
		this.step = step;
		this.password = '';
		this.clearErrors();
	}

	fillIn(email: string, password: string): void {
		this.email = email;
		this.password = password;
		this.clearErrors();
	}

	clearErrors(): void {
		this.emailError = undefined;
		this.passwordError = undefined;
		this.problem = null;
	}

	/** Answers whether somebody was let in; if not, the errors say why. */
	async submit(): Promise<boolean> {
		if (this.isBusy || !this.#isFilledIn()) return false;
		this.isBusy = true;
		try {
			const outcome = await this.#tryIt();
			if (!outcome.ok) this.#show(outcome.problem);
			return outcome.ok;
		} finally {
			this.isBusy = false;
		}
	}

	#tryIt() {
		if (this.step.kind === 'unlock') {
			return this.#port.unlock(this.step.person.userId, this.password);
		}
		const email = this.step.kind === 'again' ? this.step.person.email : this.email.trim();
		return this.#port.signIn(email, this.password);
	}

	#isFilledIn(): boolean {
		this.clearErrors();
		if (this.step.kind === 'account' && !looksLikeEmail(this.email)) {
			this.emailError = m.signin_error_email();
		}
		if (this.password === '') this.passwordError = m.signin_error_password_empty();
		return this.emailError === undefined && this.passwordError === undefined;
	}

	#show(problem: SignInProblem): void {
		this.problem = problem;
		if (problem.kind === 'throttled') this.pause.start(problem.retryAfterS);
		if (fieldOfProblem(problem) === 'password') {
			this.passwordError = signInProblemText(problem, this.step.kind !== 'account');
		}
	}
}

export function firstStep(port: SignInPort): SignInStep {
	if (port.openFor && port.sessionEnded) return { kind: 'again', person: port.openFor };
	const [first, ...others] = port.people;
	if (first === undefined) return { kind: 'account' };
	return others.length === 0 ? { kind: 'unlock', person: first } : { kind: 'people' };
}

/** Only what nobody's address lacks; the server knows the rest. */
export function looksLikeEmail(text: string): boolean {
	return /^\S+@\S+\.\S+$/.test(text.trim());
}
