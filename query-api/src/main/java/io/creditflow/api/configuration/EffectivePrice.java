package io.creditflow.api.configuration;

import java.time.Instant;

/**
 * A price in whole credits and the instant from which it holds.
 *
 * @param from {@link Instant#EPOCH} for the price that holds from the beginning
 */
public record EffectivePrice(long credits, Instant from) {}
