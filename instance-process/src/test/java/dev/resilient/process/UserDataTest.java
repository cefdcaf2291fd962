package dev.resilient.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UserDataTest {
    private static final String MULTIPART = """
        Content-Type: multipart/mixed;
         boundary="==b=="
        MIME-Version: 1.0

        what a reader without MIME sees
        --==b==
        Content-Type: text/cloud-config; charset="us-ascii"

        #cloud-config
        cloud_final_modules:
        - [scripts-user, always]
        --==b==
        Content-Type: text/x-shellscript; charset="us-ascii"

        #!/bin/bash
        echo one
        --==b==
        Content-Type: text/x-shellscript
        Content-Transfer-Encoding: base64

        %s
        --==b==--
        after the end
        """.formatted(
                    Base64.getMimeEncoder().encodeToString("#!/bin/sh\necho two\n".getBytes(StandardCharsets.UTF_8)));

    @Test
    void nothing_does_nothing() {
        assertThat(parse("")).isEqualTo(UserData.NONE);
        assertThat(parse(" \n")).isEqualTo(UserData.NONE);
    }

    @Test
    void a_script_runs_at_the_first_boot_only() {
        UserData data = parse("#!/bin/bash\necho\n");
        assertThat(data.scriptsOf(true)).containsExactly("#!/bin/bash\necho\n");
        assertThat(data.scriptsOf(false)).isEmpty();
        assertThat(data.warnings()).isEmpty();
    }

    @Test
    void a_multipart_of_scripts_and_the_always_module_runs_them_in_order_at_each_boot() {
        UserData data = parse(MULTIPART);
        assertThat(data.scriptsOf(false)).containsExactly("#!/bin/bash\necho one", "#!/bin/sh\necho two\n");
        assertThat(data.warnings()).isEmpty();
    }

    @Test
    void line_ends_with_carriage_returns_are_understood() {
        UserData data = parse(MULTIPART.replace("\n", "\r\n"));
        assertThat(data.always()).isTrue();
        assertThat(data.scripts()).hasSize(2);
    }

    @Test
    void without_the_always_module_a_multipart_runs_once() {
        UserData data = parse(MULTIPART.replace("- [scripts-user, always]\n", ""));
        assertThat(data.scriptsOf(true)).hasSize(2);
        assertThat(data.scriptsOf(false)).isEmpty();
    }

    @Test
    void what_is_not_supported_is_said() {
        assertThat(parse("#cloud-config\npackages:\n- nginx\n").warnings())
                .containsExactly(
                        "cloud-config: \"packages:\" is not supported", "cloud-config: \"- nginx\" is not supported");
        assertThat(parse("hello").warnings()).hasSize(1);
        assertThat(parse(MULTIPART.replace("text/x-shellscript;", "text/jinja2;"))
                        .warnings())
                .containsExactly("user data of type text/jinja2 is not supported");
    }

    @Test
    void bytes_stay_what_they_are() {
        byte[] script = "#!/bin/bash\necho ü\n".getBytes(StandardCharsets.UTF_8);
        assertThat(UserData.parse(script).scripts().getFirst().getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(script);
    }

    @ParameterizedTest
    @CsvSource({
        "'#!/bin/bash\necho', '/bin/bash'",
        "'#! /usr/bin/env  python3 -u\n', '/usr/bin/env|python3 -u'",
        "'#!/bin/bash -ex', '/bin/bash|-ex'",
        "'#!\n', '/bin/sh'",
    })
    void the_first_line_names_the_interpreter_and_one_argument(String script, String words) {
        assertThat(UserData.interpreter(script)).isEqualTo(List.of(words.split("\\|")));
    }

    private static UserData parse(String text) {
        return UserData.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
