/**
 * The independent reference calculator: contract section 3 counted in the most naive way, written
 * from the contract and {@code docs/decisions/0001-contract-interpretations.md} alone. It holds a
 * list of everything accepted and, for every question, sorts it and walks it event by event. It is
 * slow and plain on purpose; the product is compared with it, never the other way round. {@link
 * io.creditflow.reference.ReferenceAlerts} does the same for alerts, from the contract's section 4
 * and {@code docs/decisions/0007-looking-ahead.md}.
 */
package io.creditflow.reference;
