using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>
/// A test that runs clients: skipped, with the way to install it, where one is absent. In CI it runs all the
/// same and fails by its first use of a client that CI should have installed.
/// </summary>
internal sealed class ClientFactAttribute : FactAttribute
{
    public ClientFactAttribute(params string[] clients) => Skip = Clients.SkipReason(clients);
}
