package dev.resilient.endtoend.account;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A server that starts in a fraction of the recommendation server's time and answers everything with 200. */
final class SmallServer {
    private static final int OK = 200;

    private SmallServer() {}

    /** Takes the options of the recommendation server. */
    public static void main(String[] arguments) throws IOException {
        List<String> options = List.of(arguments);
        String host = options.get(options.indexOf("--host") + 1);
        int port = Integer.parseInt(options.get(options.indexOf("--port") + 1));
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(OK, -1);
            exchange.close();
        });
        server.start();
    }

    /** Packs it as a jar that instances can run. */
    static Path jar(Path folder) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, SmallServer.class.getName());
        Path file = folder.resolve("small-server.jar");
        String entry = SmallServer.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream code = SmallServer.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
