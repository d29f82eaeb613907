/** The laboratory: phones, a server, and a hand that plays a program on them, step after step. */
import type { Intent } from '#lib/sync/commit.ts';
import type { Me } from '#lib/sync/workspace.ts';
import type { Backend } from '../support/backend.ts';
import { legitimateIntent, REFUSED } from '../support/intents.ts';
import { Backup } from '../support/restored.ts';
import { handOver, joinCircle, leaveCircle, type World } from '../support/world.ts';
import { LabPhone, type Page } from './lab-phone.ts';
import { LabTime, Signal } from './lab-time.ts';
import type { Step } from './model.ts';

/** What a person would see while the laboratory is at work, counted. */
export interface Tally {
	taps: number;
	/** Taps that the screen refused to call saved. */
	refusedBySpace: number;
	signIns: number;
	serverKills: number;
	restores: number;
	circleChanges: number;
	caseMoves: number;
	pageKills: number;
}

interface Ended {
	readonly me: Me;
	readonly caseId: string;
	readonly role: string;
	readonly since: number;
}

/** Steps. */
const LONGEST_ABSENCE = 30;
/** Of one phone between two moments of rest: a first sync and a journal of a thousand intents need some sixty. */
const MOST_REQUESTS = 500;

const names = (phones: readonly LabPhone[]) => phones.map(({ me }) => me.displayName).join();

export class Lab {
	readonly backend: Backend;
	readonly world: World;
	readonly time = new LabTime();
	readonly signal = new Signal();
	readonly phones: LabPhone[] = [];
	readonly tally: Tally = {
		taps: 0,
		refusedBySpace: 0,
		signIns: 0,
		serverKills: 0,
		restores: 0,
		circleChanges: 0,
		caseMoves: 0,
		pageKills: 0
	};
	/** Who is out of which circle for now, `${userId}/${caseId}`, and since which step. */
	readonly #left = new Map<string, Ended>();
	/** Cases that the other organisation has for now, and since which step. */
	readonly #away = new Map<string, number>();
	#steps = 0;
	/** Whose access has changed at any time. */
	readonly moved = new Set<string>();
	#backup: Backup | null = null;

	private constructor(backend: Backend, world: World) {
		this.backend = backend;
		this.world = world;
	}

	/** Everybody's phone is signed in and has had its first sync. */
	static async open(
		backend: Backend,
		world: World,
		people: readonly Me[],
		fraction: () => number
	): Promise<Lab> {
		const lab = new Lab(backend, world);
		const { time, signal } = lab;
		for (const me of people)
			lab.phones.push(await LabPhone.signedIn({ backend, time, signal, fraction }, me));
		await lab.settle();
		return lab;
	}

	/** Until no phone is at work, but for what stands still in a line. @throws {Error} a phone stands still, or goes on without end */
	async settle(): Promise<void> {
		const before = this.phones.map(({ proxy }) => proxy.requests);
		const spinning = ({ proxy }: LabPhone, index: number) =>
			proxy.requests - (before[index] ?? 0) > MOST_REQUESTS;
		await this.signal.until(
			() => this.phones.some(spinning) || this.phones.every(({ idle }) => idle),
			() => names(this.phones.filter(({ idle }) => !idle))
		);
		const endless = this.phones.filter(spinning);
		if (endless.length > 0)
			throw new Error(`More than ${MOST_REQUESTS} requests without a pause: ${names(endless)}`);
	}

	/** Time passes; each timer that is due runs, and what it starts comes to its end. */
	async pass(ms: number): Promise<void> {
		const untilMs = this.time.nowMs + ms;
		while (this.time.step(untilMs)) await this.settle();
	}

	async play(step: Step): Promise<void> {
		this.#steps++;
		await this.#endLongAbsences();
		await this.#play(step);
		await this.settle();
	}

	async close(): Promise<void> {
		for (const phone of this.phones) await phone.close();
		await this.#backup?.discard();
	}

	async #play(step: Step): Promise<void> {
		if (!('phone' in step)) return await this.#toAll(step);
		const phone = this.phones[step.phone % this.phones.length]!;
		switch (step.kind) {
			case 'tap': {
				const page = phone.pages[step.which % phone.pages.length]!;
				const intent = await legitimateIntent(phone, step);
				return intent ? await this.#tap(phone, page, intent, false) : undefined;
			}
			case 'refused_tap': {
				const [first] = await phone.db.cases.toArray();
				const make = REFUSED[step.what % REFUSED.length]!;
				return first ? await this.#tap(phone, phone.page, make(phone, first.id), true) : undefined;
			}
			case 'line':
				return void phone.proxy.coming.push(...step.faults);
			case 'let_go':
				return phone.proxy.release();
			case 'signal':
				return phone.line.set(step.online);
			case 'kill_page':
				this.tally.pageKills++;
				await phone.killPage(phone.pages[step.page % phone.pages.length]!);
				return phone.pages.length === 0 ? await phone.openPage() : undefined;
			case 'second_tab':
				return phone.pages.length < 2 ? await phone.openPage() : undefined;
			case 'freeze_tab':
				phone.page.tabs.frozen = !phone.page.tabs.frozen;
				return;
			case 'storage':
				return phone.page.storage.failAfter(step.writes, step.fault, step.lasting);
			case 'clock':
				phone.clockShiftMs += step.hours * 3_600_000;
				return;
			case 'token':
				return step.revoked ? await this.#revoke(phone) : phone.expireToken();
			case 'circle':
				return await this.#changeCircle(phone, step.which);
		}
	}

	async #tap(phone: LabPhone, page: Page, intent: Intent, wrong: boolean): Promise<void> {
		this.tally.taps++;
		await phone.tap(page, intent, wrong).catch(() => this.tally.refusedBySpace++);
	}

	async #toAll(step: Exclude<Step, { phone: number }>): Promise<void> {
		if (step.kind === 'time') return await this.pass(step.ms);
		if (step.kind === 'move_case') return await this.#moveCase(step.which);
		if (step.kind === 'kill_server') return await this.#killServer();
		if (this.#backup) return await this.#restore(this.#backup, step.told);
		await this.#killServer(async () => {
			this.#backup = await Backup.take(this.backend);
		});
	}

	/** While everybody speaks to it. */
	async #killServer(between?: () => Promise<void>): Promise<void> {
		this.#speak();
		await this.backend.killAndRestart(between);
	}

	/** What was acknowledged since the backup is unknown to the server again. @param told the operator says so: a new epoch */
	async #restore(backup: Backup, told: boolean): Promise<void> {
		this.tally.restores++;
		this.#speak();
		await backup.restore(told);
		this.#backup = null;
	}

	#speak(): void {
		this.tally.serverKills++;
		for (const phone of this.phones) phone.page.workspace.syncNow();
	}

	/** Somebody ends this person's sessions; they sign in again when the phone asks. */
	async #revoke({ me }: LabPhone): Promise<void> {
		await this.backend.sql('delete from auth.sessions where user_id = $1', [me.userId]);
	}

	/** Out of a circle, or back in, while the phone does not know. */
	async #changeCircle({ me }: LabPhone, which: number): Promise<void> {
		const role = me.memberships[0]?.role ?? 'family';
		// A record of work that access ended over is forgotten, so that a restore could not bring it back; and supervisors need no circle.
		if (this.#backup || role === 'supervisor') return;
		this.tally.circleChanges++;
		this.moved.add(me.userId);
		const caseId = this.world.caseIds[role === 'family' ? 0 : which % 2]!;
		if (this.#away.has(caseId) && role !== 'family') return;
		const key = `${me.userId}/${caseId}`;
		if (this.#left.delete(key)) return await joinCircle(this.backend, caseId, me, role);
		this.#left.set(key, { me, caseId, role, since: this.#steps });
		await leaveCircle(this.backend, caseId, me);
	}

	/** Most work shall be allowed: a program in which cases leave early and stay away plays with refusals alone. */
	async #endLongAbsences(): Promise<void> {
		if (this.#backup) return; // see #changeCircle
		const isLong = (since: number) => this.#steps - since > LONGEST_ABSENCE;
		for (const [caseId, since] of this.#away) if (isLong(since)) await this.#bringBack(caseId);
		for (const [key, { me, caseId, role, since }] of this.#left) {
			if (!isLong(since) || this.#away.has(caseId)) continue;
			this.#left.delete(key);
			await joinCircle(this.backend, caseId, me, role);
		}
	}

	/** Handed over to the other organisation, or back; nobody's phone knows. */
	async #moveCase(which: number): Promise<void> {
		if (this.#backup) return; // see #changeCircle
		const caseId = this.world.caseIds[which % 2]!;
		if (this.#away.has(caseId)) return await this.#bringBack(caseId);
		this.#away.set(caseId, this.#steps);
		await this.#handOver(caseId, this.world.orgId, this.#otherOrg);
	}

	async #bringBack(caseId: string): Promise<void> {
		this.#away.delete(caseId);
		await this.#handOver(caseId, this.#otherOrg, this.world.orgId);
		const staff = new Map(this.phones.map(({ me }) => [me.userId, me]));
		for (const me of staff.values()) {
			const role = me.memberships[0]?.role ?? 'supervisor';
			if (role !== 'supervisor' && !this.#left.has(`${me.userId}/${caseId}`))
				await joinCircle(this.backend, caseId, me, role);
		}
	}

	get #otherOrg(): string {
		return this.world.outsider.memberships[0]!.orgId;
	}

	async #handOver(caseId: string, from: string, to: string): Promise<void> {
		this.tally.caseMoves++;
		for (const { me } of this.phones) this.moved.add(me.userId);
		await handOver(this.backend, caseId, from, to);
	}
}
