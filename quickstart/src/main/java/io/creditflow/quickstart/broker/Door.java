package io.creditflow.quickstart.broker;

/**
 * A further way in to a node for clients of one kind, who are told another port than the node
 * listens on: that of something in between.
 *
 * @param name the listener's, in capitals
 * @param port where the node listens
 * @param advertisedPort where clients are told to connect
 */
public record Door(String name, int port, int advertisedPort) {}
