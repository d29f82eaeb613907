/** What would be done for all visits that need somebody: whom each is given to or asked of, until when; a pure look at what stands here. */
import type { CoverLine, Substitute } from '#lib/db/queries/cover.ts';
import { coverPlan, type CoverNeed } from '#lib/domain/cover-plan.ts';
import { answerTimes, offerState, type AnswerBy } from '#lib/domain/offers.ts';
import type { VisitOfferRow } from '#lib/domain/rows.ts';

/** `ask`: everybody is asked first · `send`: who stands in the circle is sent at once, others are asked. */
export type CoverWay = 'ask' | 'send';

export interface CoverChoices {
	readonly way: CoverWay;
	readonly by: AnswerBy;
	/** By visit id; null for nobody yet. */
	readonly workers: ReadonlyMap<string, string | null>;
}

export interface Arranged {
	readonly line: CoverLine;
	/** Null: nobody is free, or nobody is wanted yet. */
	readonly worker: Substitute | null;
	/** Who can be chosen in this place. */
	readonly possible: readonly Substitute[];
	/** The organisation for which they are asked and until when they may answer; null when they are sent without being asked. */
	readonly question: { readonly orgId: string; readonly expiresAt: string } | null;
}

/** Looked through and sent in one go; the next ones come when these are done. */
export const MOST_COVERED = 60;

/** Those that are not waiting for somebody's answer, in order of time. */
export function stillOpen(lines: readonly CoverLine[], now: string): readonly CoverLine[] {
	return lines.filter(({ offers }) => !offers.some((offer) => isWaiting(offer, now)));
}

const isWaiting = (offer: VisitOfferRow, now: string) => offerState(offer, now) === 'offered';

/** The first of the visits that wait for nobody's answer. */
export function arrangeAll(
	lines: readonly CoverLine[],
	{ way, by, workers }: CoverChoices,
	now: string
): readonly Arranged[] {
	const open = stillOpen(lines, now).slice(0, MOST_COVERED);
	const fitting = new Map(open.map((line) => [line.visit.id, fittingFor(line, way)]));
	const proposals = coverPlan(
		open.map((line) => needOf(line, fitting.get(line.visit.id) ?? [])),
		{
			taken: lines.flatMap(({ visit, offers }) =>
				offers
					.filter((offer) => isWaiting(offer, now))
					.map(({ user_id }) => ({ ...visit, worker_id: user_id }))
			),
			villages: new Map(lines.map(({ person }) => [person.id, person.village])),
			chosen: workers
		}
	);
	return open.map((line) => {
		const proposal = proposals.get(line.visit.id);
		const byId = new Map((fitting.get(line.visit.id) ?? []).map((one) => [one.id, one]));
		const worker = byId.get(proposal?.workerId ?? '') ?? null;
		return {
			line,
			worker,
			possible: (proposal?.possible ?? []).flatMap((id) => byId.get(id) ?? []),
			question: worker && questionFor(line, worker, { way, by }, now)
		};
	});
}

/** Who is free, does the same work, and has not said no. */
function fittingFor({ substitutes, offers }: CoverLine, way: CoverWay): readonly Substitute[] {
	const declined = new Set(
		offers.filter(({ status }) => status === 'declined').map(({ user_id }) => user_id)
	);
	return substitutes.filter(
		({ id, clashes, isSameRole, isInCircle, askOrgId }) =>
			clashes.length === 0 &&
			isSameRole &&
			!declined.has(id) &&
			(askOrgId !== null || (isInCircle && way === 'send'))
	);
}

function needOf({ visit, offers }: CoverLine, candidates: readonly Substitute[]): CoverNeed {
	const asked = new Set(offers.map(({ user_id }) => user_id));
	return {
		visit,
		candidates: candidates.map(({ id, isInCircle, visitsThatDay }) => ({
			id,
			isInCircle,
			visitsThatDay,
			wasAsked: asked.has(id)
		}))
	};
}

/** Of a visit that begins sooner than wanted, the last time that there is. */
function questionFor(
	{ visit }: CoverLine,
	{ isInCircle, askOrgId }: Substitute,
	{ way, by }: Pick<CoverChoices, 'way' | 'by'>,
	now: string
): Arranged['question'] {
	if (askOrgId === null || (isInCircle && way === 'send')) return null;
	const times = answerTimes(now, visit);
	const time = times.find((each) => each.by === by) ?? times.at(-1);
	return { orgId: askOrgId, expiresAt: time?.at ?? visit.ends_at };
}
