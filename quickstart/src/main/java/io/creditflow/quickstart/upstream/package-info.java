/**
 * A simulation of the outreach product that produces the events: 30 days of realistic history, then
 * live events at a low rate.
 *
 * <ul>
 *   <li>The history is a pure function of the instant of its generation. If it is published again,
 *       all its events are repeats.
 *   <li>On any day, it has the same recent incidents (a spike nine days ago, a top-up that expires
 *       in five days, a workspace in overage).
 *   <li>No usage event is older than 30 days, because the age limit is 35 days.
 * </ul>
 */
package io.creditflow.quickstart.upstream;
