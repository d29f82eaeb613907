/** How states look: the tone and the icon that stand beside their word. Red is kept for severe. */
import BadgeAlert from '~icons/lucide/badge-alert';
import CalendarX from '~icons/lucide/calendar-x';
import CircleCheck from '~icons/lucide/circle-check';
import CircleDashed from '~icons/lucide/circle-dashed';
import CirclePlay from '~icons/lucide/circle-play';
import Clock from '~icons/lucide/clock';
import ClockAlert from '~icons/lucide/clock-alert';
import DoorClosed from '~icons/lucide/door-closed';
import Ear from '~icons/lucide/ear';
import Undo2 from '~icons/lucide/undo-2';
import type { Severity } from '#lib/domain/severity.ts';
import type { EmergencyStatus, TaskStatus } from '#lib/domain/rows.ts';
import type { IconComponent } from '#lib/ui/icon.ts';
import type { Severity as SeverityTone, Tone } from '#lib/ui/tone.ts';
import type { VisitState } from './visit-state.ts';

export interface Look {
	readonly tone: Tone;
	readonly icon: IconComponent;
}

const SEVERITY_TONES: Readonly<Record<Severity, SeverityTone>> = {
	red: 'severe',
	orange: 'moderate',
	yellow: 'mild',
	none: 'none'
};

export const VISIT_LOOKS: Readonly<Record<VisitState, Look>> = {
	planned: { tone: 'none', icon: Clock },
	late: { tone: 'warning', icon: ClockAlert },
	checked_in: { tone: 'info', icon: CirclePlay },
	done: { tone: 'success', icon: CircleCheck },
	no_answer: { tone: 'moderate', icon: DoorClosed },
	missed: { tone: 'moderate', icon: CalendarX },
	cancelled: { tone: 'none', icon: CalendarX }
};

export const TASK_LOOKS: Readonly<Record<TaskStatus, Look>> = {
	open: { tone: 'none', icon: CircleDashed },
	accepted: { tone: 'primary', icon: Clock },
	doing: { tone: 'info', icon: CirclePlay },
	done: { tone: 'success', icon: CircleCheck },
	declined: { tone: 'warning', icon: Undo2 },
	expired: { tone: 'warning', icon: Clock }
};

export const EMERGENCY_LOOKS: Readonly<Record<EmergencyStatus, Look>> = {
	open: { tone: 'warning', icon: BadgeAlert },
	acknowledged: { tone: 'info', icon: Ear },
	acting: { tone: 'info', icon: CirclePlay },
	closed: { tone: 'success', icon: CircleCheck }
};

/** The ui kit's severity for the domain's. */
export function severityTone(severity: Severity): SeverityTone {
	return SEVERITY_TONES[severity];
}
