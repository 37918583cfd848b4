package io.creditflow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditflow.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class SlowRequestGuardTest {
  @Test
  void aConnectionThatDripsBytesIsHungUpOnAndAnIdleOneIsNot() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.addBean(new SlowRequestGuard(server, Duration.ofMillis(100)));
    server.start();
    try (Socket dripping = open(connector);
        Socket idle = open(connector)) {
      write(dripping, "GET / HTTP/1.1\r\n");
      write(idle, "GET / HTTP/1.1\r\n");

      dripping.setSoTimeout(20); // the pace of the dripping
      Await.until(
          "the dripping one is hung up on", Duration.ofSeconds(20), () -> isHungUpOn(dripping));
      write(idle, "Host: x\r\n\r\n");
      assertThat(idle.getInputStream().read()).isEqualTo('H');
    } finally {
      server.stop();
    }
  }

  /** Sends one more letter of a header and looks whether that still interests the server. */
  private static boolean isHungUpOn(Socket socket) {
    try {
      write(socket, "x");
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
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
