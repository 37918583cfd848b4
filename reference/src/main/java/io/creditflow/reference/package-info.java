/**
 * The independent reference calculator. It implements contract section 3 in the most naive way and
 * is based only on the contract and {@code docs/decisions/0001-contract-interpretations.md}. It
 * holds all accepted events in lists; for every query it sorts them and processes them one by one.
 * It is slow and simple on purpose, because the product is compared with it. {@link
 * io.creditflow.reference.ReferenceAlerts} does the same for alerts, based on contract section 4
 * and {@code docs/decisions/0007-looking-ahead.md}.
 */
package io.creditflow.reference;
