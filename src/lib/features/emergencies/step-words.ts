/** Steps in the life of an emergency, in words: on the button, in the history, and above the field. */
import { EMERGENCY_MACHINE } from '#lib/domain/status.ts';
import type { EmergencyAction } from '#lib/domain/rows.ts';
import { m } from '#lib/paraglide/messages.js';

export type WordedStep = 'act' | 'note' | 'notify' | 'close' | 'reopen';

export const STEP_WORDS: Readonly<
	Record<
		WordedStep,
		{ readonly act: () => string; readonly label: () => string; readonly needsText: boolean }
	>
> = {
	act: {
		act: m.emergencies_act_act,
		label: m.emergencies_note_label_act,
		needsText: EMERGENCY_MACHINE.transitions.act.needsText
	},
	note: {
		act: m.emergencies_act_note,
		label: m.emergencies_note_label_note,
		needsText: EMERGENCY_MACHINE.transitions.note.needsText
	},
	notify: {
		act: m.emergencies_act_notify,
		label: m.emergencies_note_label_notify,
		needsText: EMERGENCY_MACHINE.transitions.notify.needsText
	},
	close: {
		act: m.emergencies_act_close,
		label: m.emergencies_note_label_close,
		needsText: EMERGENCY_MACHINE.transitions.close.needsText
	},
	reopen: {
		act: m.emergencies_act_reopen,
		label: m.emergencies_note_label_reopen,
		needsText: EMERGENCY_MACHINE.transitions.reopen.needsText
	}
};

const HISTORY: Readonly<Record<EmergencyAction, () => string>> = {
	acknowledge: m.emergencies_step_acknowledge,
	act: m.emergencies_step_act,
	note: m.emergencies_step_note,
	raise: m.emergencies_step_raise,
	notify: m.emergencies_step_notify,
	close: m.emergencies_step_close,
	reopen: m.emergencies_step_reopen
};

/** A step that this release does not know is shown as its code. */
export function stepName(action: EmergencyAction): string {
	return (HISTORY[action] as (() => string) | undefined)?.() ?? action; // a newer server may send more
}
