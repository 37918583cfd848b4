package io.creditflow.api.configuration;

import java.time.Instant;

/**
 * A price and the instant at which it takes effect.
 *
 * @param credits the price in whole credits
 * @param from when the price takes effect; {@link Instant#EPOCH} for the first price
 */
public record EffectivePrice(long credits, Instant from) {}
