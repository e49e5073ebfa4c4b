using System.Linq;
using Xunit;

namespace Testbed.Tests.Fence;

public class TypeRulesTests
{
    [Theory]
    [InlineData("net/Other.cs", "class Socket;")]
    [InlineData("net/Socket.cs", "class Socket; class Second\n{\n\n\n\n\n\n\n\n\n}")]
    [InlineData("net/SocketOfBytes.cs", "class Socket;")]
    [InlineData("net/Socket.cs", "namespace A { enum Kind { One } }")]
    public void A_second_type_or_another_name_is_found(string path, string text) =>
        Assert.Single(TypeRules.OnePerFile(new TidyFile(path, text)));

    [Theory]
    [InlineData("net/Socket.cs", "class Socket; delegate void Closed(); enum Kind { One, Two }")]
    [InlineData("net/SocketOfBytes.cs", "class Socket<T>;")]
    [InlineData("net/Socket.cs", "class Socket { class Inner\n{\n\n\n\n\n\n\n\n\n\n\n} }")]
    [InlineData("net/Assembly.cs", "[assembly: System.CLSCompliant(false)]")]
    public void One_type_and_its_companions_are_let_pass(string path, string text) =>
        Assert.Empty(TypeRules.OnePerFile(new TidyFile(path, text)));

    [Theory]
    [InlineData("partial class A { }", 1)]
    [InlineData("partial record struct A { }", 1)]
    [InlineData("static partial class A { [LibraryImport(\"c\")] static partial int fsync(int file); }", 0)]
    [InlineData("static partial class A { [GeneratedRegex(\"c\")] static partial Regex C(); }", 0)]
    [InlineData("class A { }", 0)]
    public void A_type_in_parts_is_found(string text, int findings) =>
        Assert.Equal(findings, TypeRules.NotPartial(new TidyFile("net/A.cs", text)).Count());

    [Theory]
    [InlineData("class A { public enum Kind { One } }", 1)]
    [InlineData("class A { private class B { public class C { } } }", 1)]
    [InlineData("class A { private class B { public int C; } }", 0)]
    public void A_public_type_in_a_type_is_found(string text, int findings) =>
        Assert.Equal(findings, TypeRules.NotNestedInPublic(new TidyFile("net/A.cs", text)).Count());

    [Fact]
    public void A_region_is_found() =>
        Assert.Single(
            TypeRules.NoRegions(new TidyFile("net/A.cs", "class A\n{\n#region Fields\n#endregion\n}\n")));
}
