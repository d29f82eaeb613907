/** What is wrong with a typed vital sign, and what to do next, in words. */
import { metricName } from '#lib/care-ui/names.ts';
import { metricUnit } from '#lib/care-ui/vitals.ts';
import type { EntryProblem } from '#lib/domain/vital-sign-entry.ts';
import type { NextStep } from '#lib/domain/vital-sign-steps.ts';
import { m } from '#lib/paraglide/messages.js';

export function problemWords({ metric, code, limit }: EntryProblem): string {
	const name = metricName(metric);
	const bound = `${limit ?? ''} ${metricUnit(metric)}`.trim();
	switch (code) {
		case 'not_a_number':
			return m.visits_problem_not_a_number({ name });
		case 'not_whole':
			return m.visits_problem_not_whole({ name });
		case 'too_low':
			return m.visits_problem_too_low({ name, bound });
		case 'too_high':
			return m.visits_problem_too_high({ name, bound });
		case 'dia_not_below_sys':
			return m.visits_problem_dia_not_below_sys();
		case 'unlikely_low':
		case 'unlikely_high':
			return m.visits_problem_unlikely({ name });
		case 'far_from_last':
			return m.visits_problem_far_from_last({ name });
	}
}

const STEPS: Readonly<Record<NextStep, () => string>> = {
	call_119: m.visits_step_call_119,
	call_nurse_within_15_min: m.visits_step_call_nurse,
	sugar_15_g_measure_again_in_15_min: m.visits_step_sugar,
	rest_5_min_measure_again: m.visits_step_rest,
	tell_family_and_care_manager: m.visits_step_tell,
	note_and_watch: m.visits_step_watch
};

export function stepWords(step: NextStep): string {
	return STEPS[step]();
}
