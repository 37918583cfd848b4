/**
 * The outreach product that would stand upstream, simulated: a believable past and a gentle
 * present.
 *
 * <ul>
 *   <li>The past is a pure function of the instant it was made at: made again it is all repeats.
 *   <li>Whatever day it is made on, the same things have just happened (a spike nine days ago, a
 *       top-up that expires in five days, a workspace in overage).
 *   <li>No event is older than 30 days: the age limit is 35.
 * </ul>
 */
package io.creditflow.quickstart.upstream;
