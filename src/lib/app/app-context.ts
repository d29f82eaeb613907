/** The one application object, for the components of the frame; features get their narrow ports instead. */
import { createContext } from 'svelte';
import type { App } from './start.ts';

export const [getApp, setApp] = createContext<App>();
