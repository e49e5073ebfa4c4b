using System.IO;
using System.Linq;
using Xunit;

namespace Testbed.Tests.Fence;

public class FileRulesTests
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData("net/A.cs", 0)]
    [InlineData(".ci/run", 0)]
    [InlineData("net/A.dll", 1)]
    [InlineData("net/notes.docx", 1)]
    [InlineData("net/run", 1)]
    public void A_file_of_an_unknown_kind_is_found(string path, int findings) =>
        Assert.Equal(findings, FileRules.Kinds(new TidyFile(path, "")).Count());

    [Theory]
    [InlineData("class A;\n", Plain, 0)]
    [InlineData("class A;\n", Plain | UnixFileMode.GroupExecute, 1)]
    [InlineData("#!/bin/sh\n", Plain, 1)]
    [InlineData("#!/bin/sh\n", Plain | UnixFileMode.UserExecute, 0)]
    public void A_wrong_executable_bit_is_found(string text, UnixFileMode mode, int findings) =>
        Assert.Equal(findings, FileRules.Bits(new TidyFile("net/A", text), mode).Count());
}
