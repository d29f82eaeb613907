/** The state of one emergency report while it is being made; every change is kept as a draft on this phone. */
import { dropDraft, loadDraft, saveDraft } from '#lib/db/drafts.ts';
import type { LocalDb } from '#lib/db/local-db.ts';
import { incidentSeverity, incidentType } from '#lib/domain/code-tables.ts';
import type { ReportSeverity } from '#lib/domain/severity.ts';
import { REPORT_SEVERITIES } from '#lib/domain/severity.ts';

const DRAFT_KEY = 'emergency-report';

export interface ReportStart {
	readonly caseId: string | null;
	readonly type: string | null;
	readonly measurementId: string | null;
	/** What was seen of the person, one of the event's signs. */
	readonly sign: string | null;
	/** Severity of the measurement that led here. */
	readonly severity: ReportSeverity | null;
}

export class ReportForm {
	caseId = $state<string | null>(null);
	type = $state<string | null>(null);
	signs = $state<string[]>([]);
	/** What the person chose; null = as proposed. */
	chosenSeverity = $state<ReportSeverity | null>(null);
	description = $state('');
	measurementId = $state<string | null>(null);
	/** True when this form goes on from a draft of before. */
	restored = $state(false);
	readonly severity: ReportSeverity = $derived.by(() => {
		return this.chosenSeverity ?? (this.type ? incidentSeverity(this.type, this.signs) : 'orange');
	});
	readonly step: 'person' | 'type' | 'details' = $derived.by(() => {
		if (this.caseId === null) return 'person';
		return this.type === null ? 'type' : 'details';
	});

	#db: LocalDb;

	constructor(db: LocalDb, start: ReportStart) {
		this.#db = db;
		this.caseId = start.caseId;
		this.type = start.type !== null && incidentType(start.type) ? start.type : null;
		this.measurementId = start.measurementId;
		this.chosenSeverity = start.severity;
		const signs = (this.type && incidentType(this.type)?.raisedBy) || [];
		this.signs = signs.map(({ code }) => code).filter((code) => code === start.sign);
	}

	/** Takes up an interrupted report, unless this one was opened about somebody else. */
	async restore(): Promise<void> {
		const draft = readDraft(await loadDraft(this.#db, DRAFT_KEY));
		if (draft === null || (this.caseId !== null && this.caseId !== draft.caseId)) return;
		if (this.type !== null && this.type !== draft.type) return;
		this.caseId = draft.caseId;
		this.type = draft.type;
		this.signs = [...new Set([...this.signs, ...draft.signs])];
		// A value that has turned red since the report was begun must not be lowered by it.
		this.chosenSeverity = this.chosenSeverity ?? draft.chosenSeverity;
		this.description = draft.description;
		this.measurementId ??= draft.measurementId;
		this.restored = true;
	}

	/** Keeps what is there now; nothing is kept before a kind of event was chosen. */
	async keep(): Promise<void> {
		if (this.caseId === null || this.type === null) return;
		await saveDraft(this.#db, DRAFT_KEY, {
			caseId: this.caseId,
			type: this.type,
			signs: $state.snapshot(this.signs),
			chosenSeverity: this.chosenSeverity,
			description: this.description,
			measurementId: this.measurementId
		} satisfies Draft);
	}

	async discard(): Promise<void> {
		await dropDraft(this.#db, DRAFT_KEY);
	}

	/** A value is of one person: about somebody else it says nothing. */
	choosePerson(caseId: string, measuredCaseId: string | null): void {
		this.caseId = caseId;
		if (measuredCaseId !== caseId) this.measurementId = null;
	}

	chooseType(type: string): void {
		if (type === this.type) return;
		this.type = type;
		this.signs = [];
		this.chosenSeverity = null;
	}
}

interface Draft {
	readonly caseId: string;
	readonly type: string;
	readonly signs: string[];
	readonly chosenSeverity: ReportSeverity | null;
	readonly description: string;
	readonly measurementId: string | null;
}

/** Null for no draft, or one whose shape this release does not know. */
function readDraft(value: unknown): Draft | null {
	if (typeof value !== 'object' || value === null) return null;
	const draft = value as Partial<Record<keyof Draft, unknown>>; // checked field by field below
	const { caseId, type, signs, chosenSeverity, description, measurementId } = draft;
	if (typeof caseId !== 'string' || typeof type !== 'string') return null;
	return {
		caseId,
		type,
		signs: Array.isArray(signs) ? signs.filter((sign) => typeof sign === 'string') : [],
		chosenSeverity: REPORT_SEVERITIES.find((severity) => severity === chosenSeverity) ?? null,
		description: typeof description === 'string' ? description : '',
		measurementId: typeof measurementId === 'string' ? measurementId : null
	};
}
