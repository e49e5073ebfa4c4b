using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>A test of what a user may not do: skipped where the only user may do everything.</summary>
internal sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute() => Skip = UnprivilegedUser.Problem;
}
