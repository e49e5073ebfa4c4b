using System.Linq;
using Xunit;

namespace Testbed.Tests.Fence;

public class LengthRulesTests
{
    [Theory]
    [InlineData(400, 0)]
    [InlineData(401, 1)]
    public void A_long_file_is_found(int lines, int findings) =>
        Assert.Equal(findings, LengthRules.Files(new TidyFile("net/A.cs", Repeat("// x\n", lines))).Count());

    [Theory]
    [InlineData("void Run()\n{\n", "}\n", 67, 0)]
    [InlineData("void Run()\n{\n", "}\n", 68, 1)]
    [InlineData("A()\n{\n", "}\n", 68, 1)]
    [InlineData("int Size\n{\nget\n{\n", "}\n}\n", 68, 1)]
    [InlineData("/// <summary>Long\n/// comments do not count</summary>\nvoid Run()\n{\n", "}\n", 67, 0)]
    public void A_long_method_is_found(string head, string tail, int statements, int findings)
    {
        var text = "class A\n{\n" + head + Repeat("Run();\n", statements) + tail + "}\n";
        Assert.Equal(findings, LengthRules.Methods(new TidyFile("net/A.cs", text)).Count());
    }

    [Theory]
    [InlineData("README.md", 200, 0)]
    [InlineData("README.md", 201, 1)]
    [InlineData("sim/README.md", 60, 0)]
    [InlineData("sim/README.md", 61, 1)]
    public void A_long_page_is_found(string path, int lines, int findings) =>
        Assert.Equal(findings, LengthRules.Pages(new TidyFile(path, Repeat("line\n", lines))).Count());

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
