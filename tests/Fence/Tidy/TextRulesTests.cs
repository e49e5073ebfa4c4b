using Xunit;

namespace Testbed.Tests.Fence;

public class TextRulesTests
{
    [Theory]
    [InlineData("class A;\r\n")]
    [InlineData("class A; \n")]
    [InlineData("\tclass A;\n")]
    public void An_unclean_line_is_found(string text) =>
        Assert.Single(TextRules.CleanLines(new TidyFile("net/A.cs", text)));

    [Theory]
    [InlineData("class A;")]
    [InlineData("class A;\n\n")]
    public void A_ragged_end_is_found(string text) =>
        Assert.Single(TextRules.FinalNewline(new TidyFile("net/A.cs", text)));

    [Fact]
    public void A_wide_line_is_found()
    {
        Assert.Single(TextRules.Width(new TidyFile("net/A.cs", new string('/', 111) + "\n")));
        Assert.Empty(TextRules.Width(new TidyFile("net/A.cs", new string('/', 110) + "\n")));
    }

    [Theory]
    [InlineData("read /ho", "me/somebody/x")]
    [InlineData("read \"/ro", "ot/.cache\"")]
    [InlineData("read /wo", "rk/tree")]
    [InlineData("read /Us", "ers/somebody")]
    [InlineData("read C:", "\\Users")]
    [InlineData("https://api.nu", "get.org/v3/index.json")]
    [InlineData("https://registry.np", "mjs.org/kafkajs")]
    public void A_name_of_a_machine_is_found(string first, string second) =>
        Assert.Single(TextRules.MachineNames(new TidyFile("net/A.cs", first + second + "\n")));

    [Theory]
    [InlineData("see ../shared/golden, tests/work/plan and ~/work/x\n")]
    [InlineData("Path.Combine(root, \"data/home/x\")\n")]
    [InlineData("https://cwiki.apache.org/confluence/display/KAFKA/KIP-101\n")]
    public void An_innocent_path_is_let_pass(string text) =>
        Assert.Empty(TextRules.MachineNames(new TidyFile("net/A.cs", text)));

    [Theory]
    [InlineData("// FIX", "ME: later\n")]
    [InlineData("// TO", "DO later\n")]
    [InlineData("/* HA", "CK */\n")]
    public void Unfinished_work_is_found(string first, string second) =>
        Assert.Single(TextRules.UnfinishedWork(new TidyFile("net/A.cs", first + second)));

    [Theory]
    [InlineData("engine/Log/A.cs", "#pragma warning disable RS0030\n")]
    [InlineData("engine/Log/Testbed.Log.csproj", "<NoWarn>RS0030</NoWarn>\n")]
    [InlineData(".editorconfig", "dotnet_diagnostic.RS0030.severity = none\n")]
    public void An_open_fence_is_found(string path, string text) =>
        Assert.Single(TextRules.OpenFences(new TidyFile(path, text)));
}
