package io.creditflow.quickstart.broker;

/**
 * A further way in to a node for clients of one kind, who get another port than the node listens
 * on: that of something in between.
 *
 * @param name the listener's, in capitals
 * @param port where the node listens
 * @param advertisedPort where clients connect
 */
public record BrokerListener(String name, int port, int advertisedPort) {}
