/** The state of changing an order; kept as a draft on this phone. */
import { DraftKeeper } from '#lib/care-ui/draft-keeper.svelte.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import type { Ladder } from '#lib/domain/duty-rows.ts';
import { ladderProblem, repeatProblem } from '#lib/domain/ladders.ts';
import {
	fieldsOf,
	ladderOf,
	movedStep,
	readLadderDraft,
	withNewStep,
	withoutStep,
	type LadderFields
} from './ladder-steps.ts';

export class LadderForm {
	fields = $state<LadderFields>({ steps: [], repeatMinutes: '', repeats: '' });
	/** Place of the step whose fields are shown; null = none. */
	open = $state<number | null>(null);
	readonly keeper: DraftKeeper;
	readonly #start: Ladder;

	readonly ladder = $derived(ladderOf(this.fields));
	readonly stepProblem = $derived(ladderProblem(this.ladder.steps));
	readonly repeatProblem = $derived(repeatProblem(this.ladder));

	/** @param id of the ladder, also where nobody has set it yet */
	constructor(db: LocalDb, id: string, start: Ladder) {
		this.keeper = new DraftKeeper(db, `ladder:${id}`);
		this.#start = start;
		this.fields = fieldsOf(start);
	}

	async restore(): Promise<void> {
		this.fields = readLadderDraft(await this.keeper.load()) ?? this.fields;
	}

	keep(): void {
		this.keeper.keep($state.snapshot(this.fields));
	}

	move(index: number, by: 1 | -1): void {
		this.fields.steps = movedStep(this.fields.steps, index, by);
		if (this.open === index) this.open = index + by;
		this.keep();
	}

	remove(index: number): void {
		this.fields.steps = withoutStep(this.fields.steps, index);
		this.open = null;
		this.keep();
	}

	add(): void {
		this.fields.steps = withNewStep(this.fields.steps);
		this.open = this.fields.steps.length - 1;
		this.keep();
	}

	async discard(): Promise<void> {
		await this.keeper.drop();
		this.fields = fieldsOf(this.#start);
	}
}
