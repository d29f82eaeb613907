/** What an order means for one person if something happened now, and what of it is likely to go wrong. */
import { peopleToldAt, type ToldPerson } from '#lib/care-ui/ladder-words.ts';
import type { TellBook } from '#lib/db/queries/ladders.ts';
import type { LadderStep } from '#lib/domain/duty-rows.ts';
import type { Ladder } from '#lib/domain/duty-rows.ts';
import type { EmergencySeverity } from '#lib/domain/rows.ts';

export interface PreviewStep {
	readonly step: LadderStep;
	/** Instant at which it is due. */
	readonly at: string;
	/** Null: nobody's example. */
	readonly people: readonly ToldPerson[] | null;
}

const MINUTE_MS = 60_000;

export function previewSteps({ steps }: Ladder, book: TellBook | null, now: string): PreviewStep[] {
	return steps.map((step) => {
		const at = new Date(Date.parse(now) + step.after * MINUTE_MS).toISOString();
		return { step, at, people: book && peopleToldAt(book, step, at) };
	});
}

/**
 * reaches_nobody: the next step follows at once · ends_at_nobody: it is the last one, and nobody is told any more (private.ring) · no_second: in
 * the end only apps ring, and nobody looks at one.
 */
export type LadderWarning =
	| { readonly kind: 'reaches_nobody' | 'ends_at_nobody'; readonly step: number }
	| { readonly kind: 'no_second' };

export function ladderWarnings(
	severity: EmergencySeverity,
	preview: readonly PreviewStep[]
): LadderWarning[] {
	const warnings: LadderWarning[] = [];
	for (const [step, { people }] of preview.entries())
		if (people?.length === 0) {
			const isLast = step === preview.length - 1;
			warnings.push({ kind: isLast ? 'ends_at_nobody' : 'reaches_nobody', step });
		}
	// What is yellow can wait for the next look at the app.
	if (severity !== 'yellow' && preview.at(-1)?.step.second !== true)
		warnings.push({ kind: 'no_second' });
	return warnings;
}
