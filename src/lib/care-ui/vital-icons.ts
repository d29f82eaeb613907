/** The icon of each vital sign; apart from the words, which must load without the icon compiler. */
import Activity from '~icons/lucide/activity';
import Droplet from '~icons/lucide/droplet';
import Frown from '~icons/lucide/frown';
import HeartPulse from '~icons/lucide/heart-pulse';
import Scale from '~icons/lucide/scale';
import Thermometer from '~icons/lucide/thermometer';
import Waves from '~icons/lucide/waves';
import Wind from '~icons/lucide/wind';
import type { VitalKind } from '#lib/domain/vital-sign-types.ts';
import type { IconComponent } from '#lib/ui/icon.ts';

export const VITAL_ICONS: Readonly<Record<VitalKind, IconComponent>> = {
	blood_pressure: HeartPulse,
	pulse: Activity,
	temperature: Thermometer,
	respiration: Wind,
	spo2: Waves,
	glucose: Droplet,
	weight: Scale,
	pain: Frown
};
