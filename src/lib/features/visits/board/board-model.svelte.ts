/**
 * What the board shows: the weeks in view out of what the phone holds, with what was moved a moment ago and is still being stored.
 * A week on either side is read as well, so that the next one is there before it is asked for.
 */
import { live } from '#lib/db/live.svelte.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { absencesFrom } from '#lib/db/queries/absences.ts';
import {
	boardDirectory,
	boardStaff,
	boardVisits,
	type BoardDirectory
} from '#lib/db/queries/board.ts';
import { boardClashes, type BoardClashes } from '#lib/domain/board-clashes.ts';
import { boardRows, type BoardRow } from '#lib/domain/board.ts';
import { keepSame } from '#lib/domain/keep-same.ts';
import type { StaffAbsenceRow, VisitRow } from '#lib/domain/rows.ts';
import { addDays, startOfDay } from '#lib/domain/taiwan-dates.ts';
import { boardDays, type BoardAddress } from './board-address.ts';

/** Days and rows that belong together. */
export interface BoardSight {
	readonly days: readonly string[];
	readonly rows: readonly BoardRow[];
	/** Visits that the filter leaves. */
	readonly found: number;
}

export interface BoardGround {
	readonly visits: readonly VisitRow[];
	readonly absences: readonly StaffAbsenceRow[];
	readonly directory: BoardDirectory;
}

/** Stands in for the stored visit as long as the store still has the one that was moved. */
interface Moving {
	readonly stored: VisitRow;
	readonly shown: VisitRow;
}

interface Wanted {
	readonly address: () => BoardAddress;
	/** What somebody looks for. */
	readonly find: () => string;
}

export class BoardModel {
	readonly #wanted: Wanted;
	readonly #visits;
	readonly #absences;
	readonly #directory;
	#moving = $state.raw<readonly Moving[]>([]);

	constructor(db: LocalDb, orgIds: readonly string[], wanted: Wanted) {
		this.#wanted = wanted;
		this.#visits = live(async () => {
			const span = {
				fromDay: addDays(this.#fromDay, -7),
				toDay: addDays(this.#fromDay, this.#weeks * 7 + 6)
			};
			// With the span: what is asked for next is not yet what is there.
			return { span, visits: await boardVisits(db, span) };
		});
		this.#absences = live(() => absencesFrom(db, startOfDay(addDays(this.#fromDay, -7))));
		this.#directory = live(() => boardDirectory(db, orgIds));
	}

	// Of simple values: an address that says the same again changes nothing.
	readonly #fromDay = $derived.by(() => this.#wanted.address().fromDay);
	readonly #weeks = $derived.by(() => this.#wanted.address().weeks);
	readonly #days = $derived(boardDays({ fromDay: this.#fromDay, weeks: this.#weeks }));

	#keptVisits: readonly VisitRow[] = [];
	readonly #stored = $derived.by(() => {
		if (!this.#visits.current) return undefined;
		const { span, visits } = this.#visits.current;
		this.#keptVisits = keepSame(this.#keptVisits, visits);
		return { span, visits: this.#keptVisits };
	});
	#keptAbsences: readonly StaffAbsenceRow[] = [];
	readonly #away = $derived.by(() => {
		this.#keptAbsences = keepSame(this.#keptAbsences, this.#absences.current ?? []);
		return this.#keptAbsences;
	});

	/** What a move is judged by; undefined while the phone reads. */
	readonly ground = $derived.by((): BoardGround | undefined => {
		const directory = this.#directory.current;
		if (!this.#stored || !directory) return undefined;
		return { visits: this.#withMoving(this.#stored.visits), absences: this.#away, directory };
	});

	#keptClashes: BoardClashes<StaffAbsenceRow> | null = null;
	readonly #clashing = $derived.by((): ReadonlySet<string> => {
		if (!this.ground) return new Set();
		const { visits, absences, directory } = this.ground;
		const { villages } = directory;
		this.#keptClashes = boardClashes({ visits, absences, villages }, this.#keptClashes);
		return this.#keptClashes.ids;
	});

	#sight: BoardSight | undefined;
	/** Undefined before the first reading; weeks that are still being read leave the last ones where they are. */
	readonly sight = $derived.by(() => {
		const [first, last] = [this.#days[0], this.#days.at(-1)];
		const span = this.#stored?.span;
		if (!this.ground || !span || first === undefined || last === undefined) return this.#sight;
		if (first < span.fromDay || last > span.toDay) return this.#sight;
		const { absences, directory } = this.ground;
		const [from, until] = [startOfDay(first), startOfDay(addDays(last, 1))];
		const visits = this.ground.visits.filter(
			({ starts_at }) => starts_at >= from && starts_at < until
		);
		const rows = boardRows(
			{
				days: this.#days,
				staff: boardStaff(directory, visits),
				visits,
				absences,
				people: directory.people,
				clashing: this.#clashing,
				find: this.#wanted.find()
			},
			this.#sight?.rows
		);
		this.#sight = { days: this.#days, rows, found: shownVisits(rows) };
		return this.#sight;
	});

	get error() {
		return this.#visits.error ?? this.#directory.error ?? this.#absences.error;
	}

	/**
	 * Shows a visit as it will be while it is being stored. Whatever the store then says of it stands instead.
	 * @returns takes it back, when it could not be stored
	 */
	showMoved(shown: VisitRow): () => void {
		const stored = this.#stored?.visits.find(({ id }) => id === shown.id);
		if (!stored) return () => undefined;
		const moving = { stored, shown };
		this.#moving = [...this.#moving.filter((each) => each.stored.id !== shown.id), moving];
		return () => (this.#moving = this.#moving.filter((each) => each !== moving));
	}

	#withMoving(visits: readonly VisitRow[]): readonly VisitRow[] {
		if (this.#moving.length === 0) return visits;
		const shownFor = new Map(this.#moving.map(({ stored, shown }) => [stored, shown]));
		return visits.map((visit) => shownFor.get(visit) ?? visit);
	}
}

function shownVisits(rows: readonly BoardRow[]): number {
	return rows
		.filter(({ isHidden }) => !isHidden)
		.reduce(
			(sum, { cells }) => sum + cells.reduce((count, each) => count + each.visits.length, 0),
			0
		);
}
