package io.creditflow.quickstart.broker;

/**
 * An additional listener of a node for one client. It advertises another port than the node listens
 * on: the port of a proxy between client and node.
 *
 * @param name the listener's name, in capitals
 * @param port the port that the node listens on
 * @param advertisedPort the port that clients connect to
 */
public record BrokerListener(String name, int port, int advertisedPort) {}
