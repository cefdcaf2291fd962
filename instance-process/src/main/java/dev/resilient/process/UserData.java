package dev.resilient.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * User data as cloud-init understands it, in the subset that this cloud supports: one script that begins with {@code #!}, or a
 * MIME multi-part of such scripts and a {@code text/cloud-config} that holds nothing but
 * {@code cloud_final_modules: [scripts-user, always]}.
 *
 * @param scripts in the order in which they run; characters stand for bytes (ISO 8859-1)
 * @param always whether the scripts run at each boot; otherwise they run at the first one only
 * @param warnings what was not understood, for the instance's console
 */
public record UserData(List<String> scripts, boolean always, List<String> warnings) {

    /** User data that does nothing. */
    public static final UserData NONE = new UserData(List.of(), false, List.of());

    /** Reads user data; what is not supported becomes a warning, as an instance boots with any user data. */
    public static UserData parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.isBlank()) {
            return NONE;
        }
        Reader reader = new Reader();
        if (MimePart.isMultipart(text)) {
            MimePart.split(text).forEach(reader::read);
        } else {
            reader.readBody(text);
        }
        return new UserData(List.copyOf(reader.scripts), reader.always, List.copyOf(reader.warnings));
    }

    /** The scripts to run at a boot. */
    List<String> scriptsOf(boolean firstBoot) {
        return firstBoot || always ? scripts : List.of();
    }

    /**
     * The command that a script's first line asks for, without the script: {@code #!/bin/bash -e} gives two words.
     *
     * <p>As in the kernel, everything after the interpreter is one argument. A script that asks for nothing is the shell's.
     */
    static List<String> interpreter(String script) {
        String line = script.startsWith("#!")
                ? script.lines().findFirst().orElseThrow().substring(2).strip()
                : "";
        if (line.isEmpty()) {
            return List.of("/bin/sh");
        }
        String[] words = line.split("\\s+", 2);
        return List.of(words);
    }

    private static final class Reader {
        private final List<String> scripts = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private boolean always;

        void read(MimePart part) {
            switch (part.contentType()) {
                case "text/x-shellscript", "text/cloud-config", "text/plain" -> readBody(part.body());
                default -> warnings.add("user data of type " + part.contentType() + " is not supported");
            }
        }

        void readBody(String body) {
            if (body.startsWith("#!")) {
                scripts.add(body);
            } else if (body.startsWith("#cloud-config")) {
                readCloudConfig(body);
            } else {
                warnings.add("user data that begins with neither #! nor #cloud-config is not supported");
            }
        }

        private void readCloudConfig(String body) {
            String section = "";
            for (String line : body.lines().map(String::stripTrailing).toList()) {
                String item = line.strip();
                if (item.isEmpty() || item.startsWith("#")) {
                    continue;
                }
                if (line.equals("cloud_final_modules:")) {
                    section = line;
                } else if (section.equals("cloud_final_modules:")
                        && item.matches("- *\\[ *scripts-user *, *always *]")) {
                    always = true;
                } else {
                    section = item.startsWith("-") ? section : "";
                    warnings.add("cloud-config: \"" + item + "\" is not supported");
                }
            }
        }
    }
}
