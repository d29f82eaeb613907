/** What a care worker does next after a reading; codes in order, the screen words them. */

import type { Assessment, VitalKind } from './vital-sign-types.ts';

export type NextStep =
	| 'call_119'
	| 'call_nurse_within_15_min'
	| 'sugar_15_g_measure_again_in_15_min'
	| 'rest_5_min_measure_again'
	| 'tell_family_and_care_manager'
	| 'note_and_watch';

export interface StepContext {
	/** Has the abnormal value been measured a second time? */
	readonly repeated: boolean;
	/** Does the person look or feel unwell: chest pain, breathless, drowsy, confused, weak on one side, cold sweat? */
	readonly symptoms: boolean;
}

/**
 * Proposal to be confirmed by a clinician: red with symptoms is 119 at once; red or orange is measured again after five
 * minutes' rest before the nurse is called; glucose below 70 gets 15 g of sugar and is measured again in 15 minutes.
 * Telling the family and the care manager of an abnormal value is part of service code BA03.
 */
export function nextSteps(
	kind: VitalKind,
	{ severity, rule }: Assessment,
	{ repeated, symptoms }: StepContext
): readonly NextStep[] {
	if (severity === 'none') return [];
	if (severity === 'yellow') return ['note_and_watch'];
	const urgent = severity === 'red';
	// No waiting, and nothing by mouth for somebody who may be drowsy: with symptoms only the calls stand.
	if (urgent && symptoms) {
		return ['call_119', 'call_nurse_within_15_min', 'tell_family_and_care_manager'];
	}
	const steps: NextStep[] = [];
	if (rule === 'glucose_low' || rule === 'glucose_meter_low') {
		steps.push('sugar_15_g_measure_again_in_15_min');
	} else if (!repeated && kind !== 'weight' && kind !== 'pain') {
		steps.push('rest_5_min_measure_again');
	}
	if (urgent) steps.push('call_nurse_within_15_min');
	steps.push('tell_family_and_care_manager');
	return steps;
}
