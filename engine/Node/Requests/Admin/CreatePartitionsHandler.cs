using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Admin;

/// <summary>CreatePartitions, versions 0 to 3.</summary>
public sealed class CreatePartitionsHandler(AdminContext admin) : RequestHandler<CreatePartitionsRequest>
{
    protected override void Handle(Exchange exchange, CreatePartitionsRequest request) =>
        admin.Queue.Add(new CreatePartitionsStep(admin, exchange, request));
}
