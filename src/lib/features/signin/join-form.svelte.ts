/** The steps of accepting an invitation: read it, be somebody, accept. */
import { m } from '#lib/paraglide/messages.js';
import type { InvitationOffer, InvitationProblem, SignInPort, SignInProblem } from './port.ts';
import { fieldOfProblem, signInProblemText } from './problem-words.ts';
import { looksLikeEmail } from './sign-in-form.svelte.ts';

const MIN_PASSWORD_LENGTH = 10;

export type JoinState =
	| { readonly kind: 'no_token' }
	| { readonly kind: 'loading' }
	| { readonly kind: 'problem'; readonly problem: InvitationProblem }
	| { readonly kind: 'offer'; readonly offer: InvitationOffer }
	| { readonly kind: 'done' };

type Errors = Partial<Record<'name' | 'email' | 'password', string>>;

export class JoinForm {
	state: JoinState = $state.raw({ kind: 'loading' });
	hasAccount: 'new' | 'have' = $state('new');
	name = $state('');
	email = $state('');
	password = $state('');
	errors: Errors = $state.raw({});
	problem: SignInProblem | null = $state.raw(null);
	isBusy = $state(false);
	readonly #port: SignInPort;
	readonly #token: string;

	constructor(port: SignInPort, token: string) {
		this.#port = port;
		this.#token = token;
		if (token === '') this.state = { kind: 'no_token' };
	}

	async load(): Promise<void> {
		if (this.#token === '') return;
		this.state = { kind: 'loading' };
		const answer = await this.#port.previewInvitation(this.#token);
		if (!answer.ok) {
			this.state = { kind: 'problem', problem: answer.problem };
			return;
		}
		this.state = { kind: 'offer', offer: answer.offer };
		if (this.name === '') this.name = answer.offer.displayName;
	}

	/** Makes an account or signs in, then accepts. */
	async submit(): Promise<void> {
		if (!this.#isFilledIn()) return;
		await this.#busy(async () => {
			const outcome =
				this.hasAccount === 'new'
					? await this.#port.signUp({
							displayName: this.name.trim(),
							email: this.email.trim(),
							password: this.password
						})
					: await this.#port.signIn(this.email.trim(), this.password);
			if (outcome.ok) await this.#accept();
			else this.#show(outcome.problem);
		});
	}

	/** Accepts as the one for whom the app is open. */
	async acceptAsMyself(): Promise<void> {
		await this.#busy(() => this.#accept());
	}

	async #accept(): Promise<void> {
		const outcome = await this.#port.acceptInvitation(this.#token);
		this.state = outcome.ok ? { kind: 'done' } : { kind: 'problem', problem: outcome.problem };
	}

	async #busy(work: () => Promise<void>): Promise<void> {
		if (this.isBusy) return;
		this.isBusy = true;
		try {
			await work();
		} finally {
			this.isBusy = false;
		}
	}

	#isFilledIn(): boolean {
		const errors: Errors = {};
		const isNew = this.hasAccount === 'new';
		const missing = MIN_PASSWORD_LENGTH - [...this.password].length;
		if (isNew && this.name.trim() === '') errors.name = m.signin_join_error_name();
		if (!looksLikeEmail(this.email)) errors.email = m.signin_error_email();
		if (this.password === '') errors.password = m.signin_error_password_empty();
		else if (isNew && missing > 0) {
			errors.password = m.signin_join_error_password_short({ missing });
		}
		this.problem = null;
		this.errors = errors;
		return Object.keys(errors).length === 0;
	}

	#show(problem: SignInProblem): void {
		const field = fieldOfProblem(problem);
		const text = signInProblemText(problem, false);
		if (field === null) this.problem = problem;
		else this.errors = { [field]: text };
	}
}
