package io.creditflow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class SlowSendersTest {
  @Test
  void aConnectionThatDripsBytesIsHungUpOnAndAnIdleOneIsNot() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.addBean(new SlowSenders(server, Duration.ofMillis(100)));
    server.start();
    try (Socket dripping = open(connector);
        Socket idle = open(connector)) {
      write(dripping, "GET / HTTP/1.1\r\n");
      write(idle, "GET / HTTP/1.1\r\n");

      assertThat(isHungUpOn(dripping)).isTrue();
      write(idle, "Host: x\r\n\r\n");
      assertThat(idle.getInputStream().read()).isEqualTo('H');
    } finally {
      server.stop();
    }
  }

  /** Sends a header letter by letter until the server hangs up; false if it never does. */
  private static boolean isHungUpOn(Socket socket) {
    Instant patience = Instant.now().plusSeconds(20);
    try {
      socket.setSoTimeout(20); // the pace of the dripping
      while (Instant.now().isBefore(patience)) {
        write(socket, "x");
        try {
          if (socket.getInputStream().read() < 0) {
            return true;
          }
        } catch (SocketTimeoutException e) {
          // nothing said yet: go on
        }
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Socket open(ServerConnector connector) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
  }
}
