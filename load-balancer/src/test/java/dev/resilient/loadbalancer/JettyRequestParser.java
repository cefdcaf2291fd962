package dev.resilient.loadbalancer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/** Jetty's parser, as strict as RFC 9110 is. */
final class JettyRequestParser implements RequestParser, HttpParser.RequestHandler {
    private final HttpParser parser = new HttpParser(this, -1, HttpCompliance.RFC9110);
    private final List<Parsed> requests = new ArrayList<>();
    private final List<String> hosts = new ArrayList<>();
    private String line = "";
    private long body;
    private boolean malformed;

    @Override
    public void feed(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining() && !malformed) {
            int before = buffer.remaining();
            parser.parseNext(buffer);
            if (parser.isComplete()) {
                requests.add(new Parsed(line, body));
                malformed |= hosts.size() != 1;
                parser.reset();
            } else if (buffer.remaining() == before) {
                malformed = true;
            }
        }
    }

    @Override
    public List<Parsed> requests() {
        return requests;
    }

    @Override
    public boolean isMalformed() {
        return malformed;
    }

    @Override
    public void startRequest(String method, String uri, HttpVersion version) {
        line = method + " " + uri;
        body = 0;
        hosts.clear();
        malformed |= version != HttpVersion.HTTP_1_1;
    }

    @Override
    public void parsedHeader(HttpField field) {
        if (field.is("Host")) {
            hosts.add(field.getValue());
        }
    }

    @Override
    public boolean content(ByteBuffer item) {
        body += item.remaining();
        return false;
    }

    @Override
    public boolean headerComplete() {
        return false;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public boolean messageComplete() {
        return true;
    }

    @Override
    public void earlyEOF() {
        malformed = true;
    }

    @Override
    public void badMessage(HttpException failure) {
        malformed = true;
    }
}
